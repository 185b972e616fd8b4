import { Code, type ConnectError } from "@connectrpc/connect";

/** What an error means that says when to try again, in a sentence for people; undefined for any other. */
export function busySentence({ code, metadata }: ConnectError): string | undefined {
  const pushback = metadata.get("grpc-retry-pushback-ms") ?? "";
  if (code !== Code.ResourceExhausted || !/^\d{1,9}$/.test(pushback)) return undefined;
  return `You make too many calls. Try again in ${Math.max(1, Math.ceil(Number(pushback) / 1_000))} s.`;
}
