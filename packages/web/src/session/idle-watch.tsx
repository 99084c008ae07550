import { Button, Group, Modal, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { request } from "../api/client.ts";
import { signOut } from "../api/session.ts";
import { saversSettled } from "../save-state/savers.ts";
import { type Idle, idleAfter, needsHeartbeat } from "./idle.ts";
import { signOff, useSignedOff } from "./signed-off.ts";

const events = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"] as const;

/**
 * Signs off when nobody was there for the practice's idle time: saves what waits, ends the session on the server, and brings up the
 * sign-in overlay over the page. Activity in another tab of the same browser counts here too.
 */
export function IdleWatch({ idleMinutes }: { readonly idleMinutes: number }) {
  const [idle, setIdle] = useState<Idle>({ kind: "active" });
  const [stay, setStay] = useState(0);
  const off = useSignedOff() !== "no";

  useEffect(() => {
    if (off) return;
    let lastActivity = Date.now();
    let lastRequest = Date.now();
    let activeSinceRequest = false;
    let ended = false;
    setIdle({ kind: "active" });
    const channel = new BroadcastChannel("trellis-activity");
    let lastTold = 0;
    const active = () => {
      lastActivity = Date.now();
      activeSinceRequest = true;
      if (lastActivity - lastTold > 5000) {
        lastTold = lastActivity;
        channel.postMessage("active");
      }
    };
    channel.onmessage = () => {
      lastActivity = Date.now();
    };
    const tick = () => {
      const now = Date.now();
      const next = idleAfter(now - lastActivity, idleMinutes);
      setIdle((before) => (before.kind === "active" && next.kind === "active" ? before : next));
      if (next.kind === "over" && !ended) {
        ended = true;
        void endSession();
      } else if (needsHeartbeat(now - lastRequest, activeSinceRequest, idleMinutes)) {
        lastRequest = now;
        activeSinceRequest = false;
        request("GET", "/api/session").catch(() => undefined);
      }
    };
    const timer = setInterval(tick, 1000);
    for (const name of events) window.addEventListener(name, active, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      channel.close();
      for (const name of events) window.removeEventListener(name, active, { capture: true });
    };
  }, [idleMinutes, off, stay]);

  return (
    <Modal
      opened={!off && idle.kind === "warning"}
      onClose={() => setStay((n) => n + 1)}
      title="Are you still there?"
      centered
      zIndex={400}
    >
      <Text aria-live="off">
        {idle.kind === "warning" ? `Nobody has used this screen for a while. It signs off in ${idle.secondsLeft} seconds.` : ""} What you
        typed is kept.
      </Text>
      <Group mt="lg">
        <Button data-autofocus onClick={() => setStay((n) => n + 1)}>
          Stay signed in
        </Button>
      </Group>
    </Modal>
  );
}

async function endSession(): Promise<void> {
  await saversSettled(3000);
  signOff("idle");
  // Without a connection the server ends the session by its own clock.
  await signOut().catch(() => undefined);
}
