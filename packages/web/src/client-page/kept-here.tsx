/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { forget, isKept, keepOf, keptOf } from "./kept-link.ts";
import type { Opened } from "./link.ts";
import { pageIsPutAside, putPageAside } from "./page-files.ts";

interface Props {
  readonly token: string;
  readonly link: Opened;
  readonly what: string;
  /** Something has not arrived at the server yet, and would be lost. */
  readonly unsent: boolean;
}

/** Says plainly what stays on the phone, and takes it away. Where this browser keeps nothing without a connection, nothing is promised. */
export function KeptHere({ token, link, what, unsent }: Props) {
  const [wanted, setWanted] = useState(keptOf(token)?.notHere !== true);
  const [here, setHere] = useState(false);

  useEffect(() => {
    if (!wanted || !isKept(link)) return;
    const page = keptOf(token)?.page ?? link;
    const stays = keepOf(token, { page, notHere: undefined });
    let gone = false;
    void putPageAside()
      .then(async (put) => stays && (put || (await pageIsPutAside())))
      .then((is) => !gone && setHere(is));
    return () => {
      gone = true;
    };
  }, [wanted, link]);

  if (!wanted)
    return (
      <div class="kept" role="status">
        <p>{what} is not kept on this phone. It opens here while there is a connection.</p>
        <button type="button" class="plain" onClick={() => setWanted(true)}>
          Keep it on this phone
        </button>
      </div>
    );
  if (!here) return <div role="status" />;
  return (
    <div class="kept" role="status">
      <p>
        <strong>Kept on this phone.</strong> {what} opens here without a connection too. Whoever can unlock this phone may find it.
      </p>
      {!unsent && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            setWanted(false);
            setHere(false);
            void forget(token, { notHere: true });
          }}
        >
          Forget it on this phone
        </button>
      )}
    </div>
  );
}
