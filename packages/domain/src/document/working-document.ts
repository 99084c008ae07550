import { formatDate, type IsoDate } from "../calendar/date.ts";
import { type Client, calledName, legalName } from "../client/client.ts";
import type { ClientDocumentKind } from "../client-document/client-document.ts";
import {
  contactsOf,
  documentParts,
  documentTitles,
  linesOf,
  type WorkingDocument,
  withoutEmptyEntries,
} from "../client-document/document-parts.ts";
import type { SafetyContact } from "../client-document/safety-plan.ts";

export interface WorkingDocumentReport {
  readonly kind: ClientDocumentKind;
  /** `page`: a sheet for the wall or the drawer. `card`: folds up to the size of a bank card. */
  readonly form: "page" | "card";
  readonly content: WorkingDocument;
  readonly client: Client;
  readonly practiceName: string;
  readonly practiceAddress: string;
  readonly revision: number;
  /** `null` while it is worked on. */
  readonly finishedOn: IsoDate | null;
  /** Where help is in a crisis, as the practice says it. */
  readonly crisis: string;
}

/** A safety plan or a plan for staying well as the page setter gets it: every word decided here. */
export interface WorkingDocumentPages {
  readonly form: "page" | "card";
  readonly title: string;
  /** On the page; a card that is lost says nothing of whose it was. */
  readonly name: string;
  readonly lead: string;
  readonly notice: string;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly version: string;
  readonly identification: string;
  readonly parts: readonly {
    readonly number: string;
    readonly title: string;
    readonly lines: readonly string[];
    readonly contacts: readonly { readonly name: string; readonly phone: string; readonly note: string }[];
    /** What stands there where nothing was written: room for a pen. */
    readonly open: string;
  }[];
  readonly note: string;
  /** First on the card: whoever can be called at any hour. */
  readonly atOnce: readonly { readonly name: string; readonly phone: string }[];
  readonly crisis: string;
}

const leads: Record<ClientDocumentKind, string> = {
  "safety-plan": "Begin at the top. Go on to the next step when it does not get better. In danger, go straight to step 5.",
  "relapse-plan": "For the time after therapy. Look at it when you notice the first signs, and now and then when all is well.",
};

const shownContact = ({ name, phone, note, anyHour }: SafetyContact) => ({
  name: name.trim(),
  phone: phone.trim(),
  note: [note.trim(), anyHour ? "at any hour" : ""].filter((part) => part !== "").join(", "),
});

/** Composes the page or the card. Pure: the same version gives the same document. */
export function workingDocumentPages(report: WorkingDocumentReport): WorkingDocumentPages {
  const { kind, form, client, revision, finishedOn } = report;
  const content = withoutEmptyEntries(kind, report.content);
  const everybody = documentParts[kind].flatMap((part) => (part.of === "contacts" ? contactsOf(content, part.key) : []));
  const steps = kind === "safety-plan" ? 6 : 0;
  return {
    form,
    title: kind === "safety-plan" ? "My safety plan" : "My plan for staying well",
    name: calledName(client),
    lead: leads[kind],
    notice: finishedOn === null ? "This version is still being worked on." : "",
    practice: report.practiceName,
    practiceAddress: report.practiceAddress,
    version: `Version ${revision}${finishedOn === null ? ", not finished" : `, ${formatDate(finishedOn)}`}`,
    identification: `${legalName(client)} · born ${formatDate(client.birthDate)}${client.recordNumber === "" ? "" : ` · record ${client.recordNumber}`} · ${documentTitles[kind]}`,
    parts: documentParts[kind].map((part, index) => {
      const lines = part.of === "lines" ? linesOf(content, part.key) : [];
      const contacts = part.of === "contacts" ? contactsOf(content, part.key).map(shownContact) : [];
      return {
        number: index < steps ? String(index + 1) : "",
        title: part.title,
        lines,
        contacts,
        open: lines.length + contacts.length === 0 ? "Still open" : "",
      };
    }),
    note: content.note.trim(),
    atOnce: everybody
      .filter(({ anyHour, phone }) => anyHour && phone.trim() !== "")
      .slice(0, 3)
      .map(({ name, phone }) => ({ name: name.trim(), phone: phone.trim() })),
    crisis: report.crisis,
  };
}
