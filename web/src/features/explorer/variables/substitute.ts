/** What stands for each name of a variable. */
export type Values = ReadonlyMap<string, string>;

/** A text in which every variable is replaced, or what is wrong with one. */
export type Substituted = { readonly text: string } | { readonly problem: string };

const VARIABLE = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** Whether a text names a variable, such as `{{host}}`. */
export function namesVariable(text: string): boolean {
  return text.search(VARIABLE) !== -1;
}

/** Puts values in the place of `{{name}}`. What a value itself looks like does not matter: it is not looked through again. */
export function substitute(text: string, values: Values): Substituted {
  const unknown = [...text.matchAll(VARIABLE)].find(([, name = ""]) => !values.has(name))?.[1];
  if (unknown !== undefined) return { problem: `there is no variable "${unknown}" in the environment that is chosen` };
  return { text: text.replaceAll(VARIABLE, (_, name: string) => values.get(name) ?? "") };
}
