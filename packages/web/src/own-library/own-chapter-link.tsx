import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Chapter } from "@trellis/domain/library/chapter";
import { isOwnChapterId } from "@trellis/domain/library/own-chapter";
import { hasRole, useSignedIn } from "../api/session.ts";

/** From the page of a chapter to where it is changed: the practice's own itself, a shipped one as a copy that becomes the practice's. */
export function OwnChapterLink({ chapter: { id } }: { readonly chapter: Pick<Chapter, "id"> }) {
  const { member } = useSignedIn();
  if (!hasRole(member, "owner", "clinician", "supervisor")) return null;
  return isOwnChapterId(id) ? (
    <Button variant="default" component={Link} to={`/settings/library/${id}`}>
      Change it
    </Button>
  ) : (
    <Button variant="default" component={Link} to={`/settings/library/new?from=${id}`}>
      Make it your own
    </Button>
  );
}
