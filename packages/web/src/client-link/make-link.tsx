export function MakeLink(_: {
  readonly clientId: string;
  readonly kind: "homework" | "review" | "safety-plan" | "relapse-plan";
  readonly subjectId: string | null;
}) {
  return null;
}
