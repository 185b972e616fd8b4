/**
 * Whether an `Accept-Encoding` header takes a content coding (RFC 9110, 12.5.3): named, or meant by `*`, and not with a weight of zero. A
 * header that is not there takes any, yet not every client that sends none can read one: here it takes none.
 */
export function acceptsEncoding(header: string | undefined, coding: string): boolean {
  const weights = new Map((header ?? "").toLowerCase().split(",").map(readMember));
  return (weights.get(coding) ?? weights.get("*") ?? 0) > 0;
}

function readMember(text: string): [name: string, weight: number] {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return [name, weight === undefined ? 1 : Number(weight) || 0];
}
