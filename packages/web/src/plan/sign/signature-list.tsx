import { Text } from "@mantine/core";
import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { type SignatureRole, signatureBox } from "@trellis/domain/signature/signature";
import type { OpenPlan, PlanSignature } from "../../api/plans.ts";
import { useSignedIn } from "../../api/session.ts";
import { Card } from "../../shell/card.tsx";
import { Icon } from "../../shell/icon.tsx";
import classes from "./sign.module.css";
import { countingSignatures, nextRole, roleNames, signerInWords, withCredentials } from "./signing-steps.ts";

/** Everybody whose signature completes the plan, with what is there and what is missing. */
export function SignatureList({ open }: { readonly open: OpenPlan }) {
  const counting = countingSignatures(open.signatures);
  const next = nextRole(open);
  return (
    <ul className={classes.signatures}>
      {open.required.map((role) => {
        const signature = counting.find((entry) => entry.role === role);
        return (
          <li key={role} className={classes.signature}>
            <span className={classes.signatureMark} data-state={markOf(signature, role === next)}>
              <Icon name={signature?.outcome === "signed" ? "check" : signature === undefined ? "pencil" : "close"} size={16} />
            </span>
            <div>
              {signature === undefined ? <Missing open={open} role={role} isNext={role === next} /> : <Given signature={signature} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function markOf(signature: PlanSignature | undefined, isNext: boolean): "there" | "absent" | "next" | "later" {
  if (signature !== undefined) return signature.outcome === "signed" ? "there" : "absent";
  return isNext ? "next" : "later";
}

function Missing({ open, role, isNext }: { readonly open: OpenPlan; readonly role: SignatureRole; readonly isNext: boolean }) {
  return (
    <>
      <p>
        <strong>{roleNames[role]}</strong>
      </p>
      <p className={classes.soft}>
        {signerInWords(role, open.plan)} {isNext ? "signs next." : "signs after that."}
      </p>
    </>
  );
}

function Given({ signature }: { readonly signature: PlanSignature }) {
  const { practice } = useSignedIn();
  const { role, outcome, name, credentials, statement, reason, drawing, method, at } = signature;
  const when = momentInWords(at, practice.timeZone);
  if (outcome === "not-signed")
    return (
      <>
        <p>
          <strong>{roleNames[role]}: no signature</strong>
        </p>
        <p>{reason}</p>
        <p className={classes.soft}>Recorded on {when}</p>
      </>
    );
  return (
    <>
      <p>
        <strong>{roleNames[role]}</strong>
      </p>
      {drawing !== null && <DrawnSignature drawing={drawing} name={name} />}
      {method === "typed" && <p className={classes.written}>{name}</p>}
      <p>{withCredentials(name, credentials)}</p>
      <p className={classes.soft}>
        {howSigned[method ?? "password"]} on {when}
      </p>
      <p className={classes.soft}>“{statement}”</p>
    </>
  );
}

const howSigned = { drawn: "Signed by hand", typed: "Signed by typing the name", password: "Signed with the password" } as const;

function DrawnSignature({ drawing, name }: { readonly drawing: string; readonly name: string }) {
  return (
    <svg
      viewBox={`0 0 ${signatureBox.width} ${signatureBox.height}`}
      className={classes.ink}
      role="img"
      aria-label={`Signature of ${name}`}
    >
      <path d={drawing} fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Signatures that were given before the draft was opened again. They count no longer, and nobody takes them out of the record. */
export function VoidSignatures({ open }: { readonly open: OpenPlan }) {
  const { practice } = useSignedIn();
  const voided = open.signatures.filter((signature) => signature.voided !== null);
  if (voided.length === 0) return null;
  return (
    <Card title="Signatures that count no longer">
      <Text c="dimmed" mb="xs">
        They were given before the plan was opened again, or another one took their place. They stay in the record.
      </Text>
      <ul className={classes.signatures}>
        {voided.map(({ id, role, outcome, name, credentials, at, voided: end }) => (
          <li key={id} className={classes.signature}>
            <span className={classes.signatureMark}>
              <Icon name="close" size={16} />
            </span>
            <div>
              <p>
                {roleNames[role]}: {outcome === "signed" ? withCredentials(name, credentials) : "no signature"},{" "}
                {momentInWords(at, practice.timeZone)}
              </p>
              <p className={classes.soft}>
                Void since {momentInWords(end?.at ?? at, practice.timeZone)}. Reason: {end?.reason}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
