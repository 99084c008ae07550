import { PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";

export const shortestPassword = 12;

/** What is wrong with a new password, or `undefined`. Length is what makes a password hard to guess. */
export function passwordFault(password: string): string | undefined {
  if ([...password].length < shortestPassword)
    return `Use at least ${shortestPassword} characters. A few words in a row are easy to remember.`;
  if (password.length > 200) return "At most 200 characters fit here.";
  return undefined;
}

export function NewPassword({
  value,
  onChange,
  error,
  label = "Password",
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly label?: string;
}) {
  return (
    <PasswordInput
      label={label}
      description={`At least ${shortestPassword} characters. A few words in a row are easy to remember and hard to guess.`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete="new-password"
      required
    />
  );
}
