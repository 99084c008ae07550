-- A guardian who decides for the client after the eighteenth birthday is named as such. Who was named for an adult until now was named on purpose.
UPDATE trellis.client SET record = record || '{"guardianOfAdult": true}'
  WHERE coalesce(record -> 'guardian' ->> 'name', '') <> '' AND (record ->> 'birthDate')::date <= (now() - interval '18 years')::date;

-- Drafts say so of the client too.
UPDATE trellis.plan_draft AS d
  SET content = jsonb_set(d.content, '{subject,guardianOfAdult}', to_jsonb(coalesce((c.record ->> 'guardianOfAdult')::boolean, false)))
  FROM trellis.client AS c
  WHERE c.practice_id = d.practice_id AND c.id = d.client_id AND NOT d.content -> 'subject' ? 'guardianOfAdult';
