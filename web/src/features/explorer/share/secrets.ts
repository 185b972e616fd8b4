import type { Metadata } from "../request/metadata.ts";

const secretNames =
  /auth|token|secret|passw|cookie|credential|session|signature|jwt|bearer|(^|[-_.])(api|access|private)?[-_.]?key([-_.]|$)/;
const secretValues =
  /^(bearer|basic|digest|negotiate)\s|^eyJ[\w-]+\.[\w-]+\.|-----BEGIN|^(sk|pk|ghp|gho|glpat|xox[a-z])[-_]/i;

/** Whether metadata looks like something that only its owner may have. */
export function looksSecret(name: string, value: string): boolean {
  return secretNames.test(name.toLowerCase()) || secretValues.test(value.trim());
}

/** The metadata that a link may hold, and the names of the rest. */
export function withoutSecrets(metadata: Metadata): { readonly kept: Metadata; readonly leftOut: readonly string[] } {
  const isSecret = ([name, value]: Metadata[number]) => looksSecret(name, value);
  return {
    kept: metadata.filter((entry) => !isSecret(entry)),
    leftOut: [...new Set(metadata.filter(isSecret).map(([name]) => name))],
  };
}
