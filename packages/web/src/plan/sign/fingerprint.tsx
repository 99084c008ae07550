import { Text } from "@mantine/core";
import classes from "./sign.module.css";
import { shortHash } from "./signing-steps.ts";

/** The hash of the frozen plan, and what it is good for, in a sentence. */
export function Fingerprint({ hash }: { readonly hash: string }) {
  return (
    <Text>
      Fingerprint of this plan: <span className={classes.hash}>{shortHash(hash)}</span>. It is worked out from every word; change one letter
      and it is another, so anybody can see that all have signed the same text.
    </Text>
  );
}
