import type { hello_requests, hello_requests_number_value } from "@triptych/proto/lessons_pb.ts";

/**
 * Writes a request as the five lines of its fields: name, age, data, number_1, number. The last three are JSON as
 * `JSON.stringify` writes it, without spaces and with text unescaped where JSON allows. The keys of a map are sorted by
 * code point, the fields of a value come in the order of their numbers and under their proto names, and an int64 is a
 * bare integer with all its digits.
 */
export function helloLines({ name, age, data, number1, number }: hello_requests): string {
  const lines = [name, age, JSON.stringify(data), jsonOfMap(number1, String), jsonOfMap(number, jsonOfValue)];
  return lines.join("\n");
}

function jsonOfValue({ name, age, isActive }: hello_requests_number_value): string {
  return JSON.stringify({ name, age, is_active: isActive });
}

// Not by way of an object: that would put keys such as "10" before all others, and JSON.stringify takes no bigint.
function jsonOfMap<T>(map: Readonly<Record<string, T>>, jsonOf: (value: T) => string): string {
  const members = Object.entries(map)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`);
  return `{${members.join(",")}}`;
}

function compareCodePoints(a: string, b: string): number {
  // UTF-8 bytes sort as code points do; UTF-16 units, which `<` compares, do not.
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
