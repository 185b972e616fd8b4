import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";

/**
 * Whether what a person typed is part of a language's own name, its name in English or its tag, whatever the case and
 * the accents. An option that is no language is matched by its label.
 */
export function matchesLanguage(search: string, language: Language | undefined, label: string): boolean {
  const wanted = fold(search.trim());
  const texts = language === undefined ? [label] : [language.name, language.englishName, language.tag];
  return texts.some((text) => fold(text).includes(wanted));
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}
