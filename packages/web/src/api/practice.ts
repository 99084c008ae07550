import { queryOptions } from "@tanstack/react-query";
import { request } from "./client.ts";
import type { Practice, Role } from "./session.ts";

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly credentials: string;
  readonly npi: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly supervisorId: string | null;
  readonly version: number;
}

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
}

/** The practice's own statement, offered in the composer beside the library's. */
export interface OwnItem {
  readonly id: string;
  readonly kind: "definition" | "goal" | "objective" | "intervention" | "outcome" | "discharge";
  readonly text: string;
  readonly plain: string;
}

export interface AuditCheck {
  readonly entries: number;
  readonly ok: boolean;
  readonly firstFault?: { readonly seq: number; readonly fault: "changed" | "missing" | "signature" };
}

export const practiceQuery = queryOptions({ queryKey: ["practice"], queryFn: () => request<Practice>("GET", "/api/practice") });
export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: async () => listOf<Member>(await request("GET", "/api/members"), "members"),
});
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: async () => listOf<Invitation>(await request("GET", "/api/invitations"), "invitations"),
});
export const ownItemsQuery = queryOptions({
  queryKey: ["own-items"],
  queryFn: async () => listOf<OwnItem>(await request("GET", "/api/library/items"), "items"),
});

function listOf<T>(answer: unknown, key: string): readonly T[] {
  if (Array.isArray(answer)) return answer as T[];
  const list = (answer as Record<string, unknown> | undefined)?.[key];
  return Array.isArray(list) ? (list as T[]) : [];
}

export type PracticeChange = Partial<Omit<Practice, "id" | "isDemo" | "version">>;

export function changePractice(version: number, change: PracticeChange): Promise<Practice> {
  return request("PATCH", "/api/practice", { body: { version, ...change } });
}

export type MemberChange = Partial<Pick<Member, "name" | "credentials" | "npi" | "roles" | "active" | "supervisorId">>;

export function changeMember(id: string, version: number, change: MemberChange): Promise<Member> {
  return request("PATCH", `/api/members/${id}`, { body: { version, ...change } });
}

export function invite(name: string, roles: readonly Role[]): Promise<{ readonly link: string; readonly expiresAt: string }> {
  return request("POST", "/api/invitations", { body: { name, roles } });
}

export function withdrawInvitation(id: string): Promise<void> {
  return request("DELETE", `/api/invitations/${id}`);
}

/** A one-time link with which a member sets a new password; `password` is the owner's own. */
export function makeRecoveryLink(
  memberId: string,
  secondFactor: boolean,
  password: string,
): Promise<{ readonly link: string; readonly expiresAt: string }> {
  return request("POST", `/api/members/${memberId}/recovery`, { body: { secondFactor, password } });
}
