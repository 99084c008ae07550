import { Text, Title } from "@mantine/core";
import type { ClientDocumentKind } from "@trellis/domain/client-document/client-document";
import { contactsOf, documentParts, linesOf, type WorkingDocument } from "@trellis/domain/client-document/document-parts";
import { telHref } from "@trellis/domain/client-document/telephone";
import classes from "./safety.module.css";

/** A finished version, to read. */
export function FinishedView({ kind, content }: { readonly kind: ClientDocumentKind; readonly content: WorkingDocument }) {
  return (
    <>
      {documentParts[kind].map((part, index) => {
        const lines = part.of === "lines" ? linesOf(content, part.key) : [];
        const contacts = part.of === "contacts" ? contactsOf(content, part.key) : [];
        const step = kind === "safety-plan" && index < 6 ? index + 1 : null;
        return (
          <section key={part.key} className={classes.part} aria-labelledby={`shown-${part.key}`}>
            <div className={classes.partHead}>
              {step !== null && (
                <span className={classes.step} aria-hidden="true">
                  {step}
                </span>
              )}
              <Title order={2} size="h3" id={`shown-${part.key}`}>
                {step !== null && <span className={classes.unseen}>Step {step}: </span>}
                {part.title}
              </Title>
            </div>
            {lines.length + contacts.length === 0 ? (
              <Text c="dimmed">Left open.</Text>
            ) : (
              <ul className={classes.entries}>
                {lines.map((line, at) => (
                  <li key={at}>
                    <bdi>{line}</bdi>
                  </li>
                ))}
                {contacts.map(({ name, phone, note, anyHour }, at) => {
                  const href = telHref(phone);
                  return (
                    <li key={at}>
                      <bdi>{name}</bdi>
                      {phone !== "" && <> {href === null ? phone : <a href={href}>{phone}</a>}</>}
                      {(note !== "" || anyHour) && (
                        <Text span size="sm" c="dimmed">
                          {" "}
                          <bdi>{[note, anyHour ? "at any hour" : ""].filter((words) => words !== "").join(", ")}</bdi>
                        </Text>
                      )}
                    </li>
                  );
                })}
              </ul>
            )}
          </section>
        );
      })}
      {content.note !== "" && (
        <section className={classes.part} aria-label="Note">
          <Text style={{ whiteSpace: "pre-wrap" }}>{content.note}</Text>
        </section>
      )}
    </>
  );
}
