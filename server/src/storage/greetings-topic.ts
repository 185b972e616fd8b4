import { z } from "zod";
import type { GreetingMade } from "../services/greeter/domain/greeting-made.ts";
import type { Topic } from "./live/topic.ts";

/** Greetings are a feed and nothing else, and anyone can make them: the oldest go, so that the disk does not fill. */
const GREETINGS_KEPT = 100_000;

const greetingSchema = z.object({
  name: z.string(),
  language: z.string(),
  message: z.string(),
  protocol: z.enum(["grpc", "grpc-web", "connect", "unknown"]),
  method: z.string(),
});

/** The feed of greetings. */
export const greetingsTopic: Topic<GreetingMade> = {
  name: "greetings",
  encode: (greeting) => JSON.stringify(greeting),
  decode: (payload) => greetingSchema.parse(JSON.parse(payload)),
  keep: GREETINGS_KEPT,
};
