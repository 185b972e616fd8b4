import type { Registry } from "@bufbuild/protobuf";
import type { RecordedCall } from "@triptych/rpc-web";
import { methodHref } from "../call-link/method-address.ts";
import { shareable } from "../call-link/shareable.ts";
import { sharedHash } from "../call-link/shared-call.ts";
import type { Protocol } from "../transport/protocol.ts";
import { withProtocol } from "../transport/protocol-search.ts";
import { decodeWhole } from "./decode-whole.ts";

/** Names of headers that browsers and protocols set by themselves; the rest is metadata of the caller. */
const ownName =
  /^(accept|connection$|connect-|content-|cookie|grpc-|host$|keep-alive|origin|referer|sec-|te$|trace(parent|state)|transfer-|user-agent|x-grpc-web|x-user-agent)/;

/**
 * The address of the Explorer with the call filled in: its method, its first message and its metadata, without secrets, over the protocol that the page speaks. Undefined where the message
 * cannot be read, as where it is not kept whole.
 */
export async function explorerLink(
  call: RecordedCall,
  protocol: Protocol,
  types: Registry,
): Promise<string | undefined> {
  const first = call.frames.find(({ direction, meaning }) => direction === "sent" && meaning === "message");
  const decoded = first && (await decodeWhole(first, call, types));
  if (decoded !== undefined && decoded.kind !== "json") return undefined;
  const request = decoded === undefined ? {} : JSON.parse(decoded.text);
  const metadata = call.requestHeaders.filter(([name]) => !ownName.test(name.toLowerCase()));
  const { call: shared } = shareable({ method: call.path, request, metadata, deadline: "" });
  return withProtocol(methodHref(call.path), protocol) + (await sharedHash(shared));
}
