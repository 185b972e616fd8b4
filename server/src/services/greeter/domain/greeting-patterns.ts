/** How one language greets. In each pattern `{name}` stands once for the name, or for the joined names of a group. */
export interface GreetingPatterns {
  /** Greets one person. */
  readonly hello: string;
  /** Greets one person who was greeted before. */
  readonly helloAgain: string;
  /** Greets two people or more. Absent where the language greets many as it greets one. */
  readonly group?: string;
}

/**
 * The languages the greeter speaks, by canonical BCP 47 tag and sorted by it. Names are of unknown gender and case, so
 * no pattern agrees with one: where a language would say "welcome" or "dear" in two genders, another greeting is used.
 */
export const GREETING_PATTERNS = {
  af: { hello: "Hallo, {name}!", helloAgain: "Hallo weer, {name}!" },
  ar: { hello: "مرحبًا، {name}!", helloAgain: "مرحبًا من جديد، {name}!" },
  bg: { hello: "Здравей, {name}!", helloAgain: "Здравей отново, {name}!", group: "Здравейте, {name}!" },
  bn: { hello: "হ্যালো, {name}!", helloAgain: "আবারও হ্যালো, {name}!" },
  ca: { hello: "Hola, {name}!", helloAgain: "Hola de nou, {name}!" },
  cs: { hello: "Ahoj, {name}!", helloAgain: "Znovu ahoj, {name}!" },
  da: { hello: "Hej {name}!", helloAgain: "Hej igen, {name}!" },
  de: { hello: "Hallo, {name}!", helloAgain: "Hallo noch einmal, {name}!" },
  el: { hello: "Γεια σου, {name}!", helloAgain: "Γεια σου και πάλι, {name}!", group: "Γεια σας, {name}!" },
  en: { hello: "Hello, {name}!", helloAgain: "Hello again, {name}!" },
  eo: { hello: "Saluton, {name}!", helloAgain: "Saluton denove, {name}!" },
  es: { hello: "¡Hola, {name}!", helloAgain: "¡Hola de nuevo, {name}!" },
  et: { hello: "Tere, {name}!", helloAgain: "Tere jälle, {name}!" },
  eu: { hello: "Kaixo, {name}!", helloAgain: "Kaixo berriro, {name}!" },
  fa: { hello: "سلام، {name}!", helloAgain: "سلام دوباره، {name}!" },
  fi: { hello: "Hei, {name}!", helloAgain: "Hei taas, {name}!" },
  fil: { hello: "Kumusta, {name}!", helloAgain: "Kumusta ulit, {name}!" },
  // French sets a narrow no-break space before an exclamation mark.
  fr: { hello: "Bonjour, {name}\u202f!", helloAgain: "Rebonjour, {name}\u202f!" },
  gl: { hello: "Ola, {name}!", helloAgain: "Ola de novo, {name}!" },
  he: { hello: "שלום, {name}!", helloAgain: "שלום שוב, {name}!" },
  hi: { hello: "नमस्ते, {name}!", helloAgain: "फिर से नमस्ते, {name}!" },
  hr: { hello: "Pozdrav, {name}!", helloAgain: "Pozdrav opet, {name}!" },
  hu: { hello: "Szia, {name}!", helloAgain: "Üdv újra, {name}!", group: "Sziasztok, {name}!" },
  id: { hello: "Halo, {name}!", helloAgain: "Halo lagi, {name}!" },
  is: { hello: "Halló, {name}!", helloAgain: "Halló aftur, {name}!" },
  it: { hello: "Ciao, {name}!", helloAgain: "Ciao di nuovo, {name}!" },
  ja: {
    hello: "こんにちは、{name}さん！",
    helloAgain: "またお会いしましたね、{name}さん！",
    group: "{name}の皆さん、こんにちは！",
  },
  ko: {
    hello: "안녕하세요, {name}님!",
    helloAgain: "다시 만나서 반가워요, {name}님!",
    group: "{name}님, 모두 안녕하세요!",
  },
  lt: { hello: "Labas, {name}!", helloAgain: "Labas dar kartą, {name}!", group: "Sveiki, {name}!" },
  lv: { hello: "Sveiki, {name}!", helloAgain: "Sveiki vēlreiz, {name}!" },
  mr: { hello: "नमस्कार, {name}!", helloAgain: "पुन्हा नमस्कार, {name}!" },
  ms: { hello: "Helo, {name}!", helloAgain: "Helo sekali lagi, {name}!" },
  nb: { hello: "Hei, {name}!", helloAgain: "Hei igjen, {name}!" },
  nl: { hello: "Hallo {name}!", helloAgain: "Nogmaals hallo, {name}!" },
  pl: { hello: "Cześć, {name}!", helloAgain: "Witaj ponownie, {name}!" },
  pt: { hello: "Olá, {name}!", helloAgain: "Olá outra vez, {name}!" },
  "pt-BR": { hello: "Olá, {name}!", helloAgain: "Olá de novo, {name}!" },
  ro: { hello: "Bună, {name}!", helloAgain: "Bună din nou, {name}!" },
  ru: { hello: "Здравствуйте, {name}!", helloAgain: "Снова здравствуйте, {name}!" },
  sk: { hello: "Ahoj, {name}!", helloAgain: "Znova ahoj, {name}!", group: "Ahojte, {name}!" },
  sl: { hello: "Živjo, {name}!", helloAgain: "Še enkrat živjo, {name}!" },
  sq: { hello: "Përshëndetje, {name}!", helloAgain: "Përshëndetje përsëri, {name}!" },
  sr: { hello: "Здраво, {name}!", helloAgain: "Здраво поново, {name}!" },
  "sr-Latn": { hello: "Zdravo, {name}!", helloAgain: "Zdravo ponovo, {name}!" },
  sv: { hello: "Hej {name}!", helloAgain: "Hej igen, {name}!" },
  sw: { hello: "Hujambo, {name}!", helloAgain: "Hujambo tena, {name}!", group: "Hamjambo, {name}!" },
  ta: { hello: "வணக்கம், {name}!", helloAgain: "மீண்டும் வணக்கம், {name}!" },
  th: { hello: "สวัสดี คุณ{name}!", helloAgain: "สวัสดีอีกครั้ง คุณ{name}!", group: "สวัสดี {name}!" },
  tr: { hello: "Merhaba, {name}!", helloAgain: "Tekrar merhaba, {name}!" },
  uk: { hello: "Привіт, {name}!", helloAgain: "Знову привіт, {name}!" },
  ur: { hello: "سلام، {name}!", helloAgain: "دوبارہ سلام، {name}!" },
  vi: { hello: "Xin chào, {name}!", helloAgain: "Rất vui được gặp lại, {name}!" },
  "zh-Hans": { hello: "你好，{name}！", helloAgain: "又见面了，{name}！", group: "{name}，你们好！" },
  "zh-Hant": { hello: "你好，{name}！", helloAgain: "又見面了，{name}！", group: "{name}，你們好！" },
} as const satisfies Record<string, GreetingPatterns>;

/** The tag of a language the greeter speaks. */
export type SpokenTag = keyof typeof GREETING_PATTERNS;

/** Whether the greeter speaks exactly the language of this tag, which must be in canonical case. */
export function isSpokenTag(tag: string): tag is SpokenTag {
  return Object.hasOwn(GREETING_PATTERNS, tag);
}

/** The tags of all languages the greeter speaks, sorted. */
export const SPOKEN_TAGS: readonly SpokenTag[] = Object.keys(GREETING_PATTERNS).filter(isSpokenTag).sort();
