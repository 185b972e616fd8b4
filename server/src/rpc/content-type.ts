const PLAIN = /^application\/[\w.+-]+$/;
/** A media type and its only parameter, the character set that JSON has anyway, in any spelling that HTTP allows. */
const UTF8 = /^([\w.+/-]*\bjson)[ \t]*;[ \t]*charset[ \t]*=[ \t]*(?:utf-?8|"utf-?8")[ \t]*;?[ \t]*$/i;

/** The content type as Connect reads it: with the one parameter that it knows in the one spelling that it knows. */
export function plainContentType(contentType: string): string {
  if (PLAIN.test(contentType)) return contentType;
  return contentType.replace(UTF8, "$1; charset=utf-8");
}
