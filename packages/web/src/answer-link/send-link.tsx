import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** The way from a client's measures to a private link for answering them. */
export function SendLink({ clientId }: { readonly clientId: string }) {
  return (
    <Button variant="default" component={Link} to={`/clients/${clientId}/answer-links`}>
      Send a link
    </Button>
  );
}
