/**
 * The tags that RFC 5646 calls grandfathered and `Intl.Locale` does not take, in lower case, as CLDR replaces them: by what the registry
 * prefers or, where it prefers nothing, by a language with the tag for private use. The others are canonicalized by Intl.
 */
export const GRANDFATHERED_TAGS: ReadonlyMap<string, string> = new Map([
  ["en-gb-oed", "en-GB-oxendict"],
  ["i-ami", "ami"],
  ["i-bnn", "bnn"],
  ["i-default", "en-x-i-default"],
  ["i-enochian", "und-x-i-enochian"],
  ["i-hak", "hak"],
  ["i-klingon", "tlh"],
  ["i-lux", "lb"],
  ["i-mingo", "see-x-i-mingo"],
  ["i-navajo", "nv"],
  ["i-pwn", "pwn"],
  ["i-tao", "tao"],
  ["i-tay", "tay"],
  ["i-tsu", "tsu"],
  ["no-bok", "nb"],
  ["no-nyn", "nn"],
  ["sgn-be-fr", "sfb"],
  ["sgn-be-nl", "vgt"],
  ["sgn-ch-de", "sgg"],
  ["zh-min", "nan-x-zh-min"],
  ["zh-min-nan", "nan"],
]);
