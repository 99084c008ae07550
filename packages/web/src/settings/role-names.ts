import type { Role } from "../api/session.ts";

export const roles: readonly Role[] = ["owner", "clinician", "supervisor", "front-desk"];

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  clinician: "Clinician",
  supervisor: "Supervisor",
  "front-desk": "Front desk",
};

/** What a role lets somebody do, where roles are given. */
export const roleMeanings: Record<Role, string> = {
  owner: "Sets up the practice and its people, and can see every chart.",
  clinician: "Treats clients: charts, measures, plans and signatures of clients in their care.",
  supervisor: "Reads the charts of the clinicians they supervise and co-signs their plans.",
  "front-desk": "Adds clients and keeps their contact details. Sees no clinical content.",
};
