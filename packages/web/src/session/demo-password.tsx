import { Text } from "@mantine/core";
import { demoPassword } from "@trellis/domain/demo/demo-practice";
import { useSession } from "../api/session.ts";

/** In the demo, whose password nobody has chosen, what to enter where a password is asked for. Nothing anywhere else. */
export function DemoPassword() {
  const session = useSession();
  if (session?.practice?.isDemo !== true) return null;
  return (
    <Text size="sm">
      In the demo the password is <strong>{demoPassword}</strong>
    </Text>
  );
}
