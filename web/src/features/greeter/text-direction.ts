import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";

/** The value of `dir` for text in a language; `auto`, which looks at the text, while the language is not known. */
export function textDirection(language: Language | undefined): "ltr" | "rtl" | "auto" {
  if (language === undefined) return "auto";
  return language.rightToLeft ? "rtl" : "ltr";
}
