import type { Metadata } from "../../../call-link/shared-call.ts";
import { looksSecret } from "../../../text/secrets.ts";

/** An entry of the metadata as a snippet writes it. */
export interface SnippetEntry {
  readonly name: string;
  /** The value; of a secret what stands before it, such as `Bearer `. */
  readonly text: string;
  /** The environment variable that the rest is read from; undefined where the value is no secret. */
  readonly variable: string | undefined;
}

const SCHEME = /^([A-Za-z][\w-]* +)(\S.*)$/;

/** The metadata of a call without its secrets: a snippet reads these from the environment, so that it can be kept and passed on. */
export function snippetMetadata(metadata: Metadata): readonly SnippetEntry[] {
  const used = new Set<string>();
  const free = (wanted: string) => {
    let variable = wanted;
    for (let number = 2; used.has(variable); number += 1) variable = `${wanted}_${number}`;
    used.add(variable);
    return variable;
  };
  return metadata.map(([name, value]) => {
    if (!looksSecret(name, value)) return { name, text: value, variable: undefined };
    if (name.toLowerCase() !== "authorization") return { name, text: "", variable: free(variableOf(name)) };
    const [, scheme = "", credential = value] = SCHEME.exec(value) ?? [];
    return { name, text: scheme, variable: free(variableOfCredential(scheme.trim(), credential)) };
  });
}

/** The variables that a snippet of a call reads. */
export function variablesOf(metadata: Metadata): readonly string[] {
  return snippetMetadata(metadata).flatMap(({ variable = [] }) => variable);
}

function variableOfCredential(scheme: string, credential: string): string {
  if (credential.startsWith("tk_")) return "API_KEY";
  return scheme.toLowerCase() === "bearer" ? "TOKEN" : "CREDENTIAL";
}

/** Such as `X_API_KEY`; a name may begin with a digit, a variable may not. */
function variableOf(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/g, "_")
    .replace(/^(?=\d)/, "_");
}
