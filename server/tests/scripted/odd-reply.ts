import { create } from "@bufbuild/protobuf";
import { Oddity, PlayOnceRequestSchema } from "@triptych/proto/triptych/testing/v1/script_pb.ts";

/** What an implementation should not answer with, though nothing but its type keeps it from that. */
export function oddReply(oddity: Oddity): unknown {
  switch (oddity) {
    case Oddity.UNDEFINED:
      return undefined;
    case Oddity.NULL:
      return null;
    case Oddity.STRING:
      return "no message";
    case Oddity.NUMBER:
      return 5;
    case Oddity.OTHER_MESSAGE:
      return create(PlayOnceRequestSchema, { data: new Uint8Array(3) });
    case Oddity.WRONG_FIELD:
      return { reply: { text: 5 } };
    case Oddity.LONE_SURROGATE:
      return { reply: { text: "\ud800" } };
    case Oddity.UNKNOWN_FIELD:
      return { reply: { text: "text" }, unknown: 1 };
    default:
      return { reply: { text: "plain", data: new Uint8Array([1, 2, 3]) } };
  }
}
