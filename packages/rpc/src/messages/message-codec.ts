import {
  type BinaryReadOptions,
  type BinaryWriteOptions,
  type DescMessage,
  type DescMethod,
  fromBinary,
  fromJson,
  type JsonReadOptions,
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { MethodSerializationLookup, Serialization } from "@connectrpc/connect/protocol";
import { hasTooManyElements } from "./count-elements.ts";
import { describeJsonProblem } from "./describe-json-problem.ts";
import { encodeJson } from "./encode-json.ts";
import { exactNumbers, INVALID } from "./exact-numbers.ts";
import { parseExactJson } from "./parse-exact-json.ts";
import { scanJson } from "./scan-json.ts";
import { truncate } from "./truncate-text.ts";

/** The most elements of a request message unless something else is set: parsing them holds the event loop for less than 50 ms. */
export const DEFAULT_MAX_ELEMENTS = 16_384;

/** How deeply arrays and objects of JSON may be nested: more than the hundred messages that are read in each other can need. */
const MAX_JSON_DEPTH = 300;
/** How long the message of an error may be, in code points. */
const MAX_PROBLEM_LENGTH = 300;

/** How JSON is read and written, as protobuf-es has it. */
export type JsonOptions = Partial<JsonReadOptions & JsonWriteOptions>;

/** How protobuf is read and written, as protobuf-es has it. */
export type BinaryOptions = Partial<BinaryReadOptions & BinaryWriteOptions>;

/** How messages are read and written, and within which bounds. */
export interface CodecOptions {
  /** The largest message in bytes. */
  readonly maxMessageBytes: number;
  /** The most elements of a message; `DEFAULT_MAX_ELEMENTS` unless given. */
  readonly maxMessageElements?: number;
  /** The largest message of a response in bytes, before it is compressed; a larger one is RESOURCE_EXHAUSTED. As large as it likes unless given. */
  readonly writeMaxBytes?: number | undefined;
  /** How JSON is read and written; unknown fields are ignored unless it says otherwise. */
  readonly jsonOptions?: JsonOptions | undefined;
  /** How protobuf is read and written: whether unknown fields are kept. */
  readonly binaryOptions?: BinaryOptions | undefined;
  /** Called for each message that has too many elements. */
  readonly onTooManyElements?: () => void;
}

/**
 * Makes what reads and writes the messages of a method, in protobuf and in JSON. What is read is within the bounds before an object is made
 * of it: RESOURCE_EXHAUSTED otherwise. JSON is read as ProtoJSON has it, numbers with all their digits; what is none is INVALID_ARGUMENT
 * with a message that names the field. Protobuf that is none is INTERNAL, as with Connect.
 */
export function createMessageCodec(
  { input, output }: Pick<DescMethod, "input" | "output">,
  options: CodecOptions,
): MethodSerializationLookup<DescMessage, DescMessage> {
  const ofInput = { binary: createBinaryCodec(input, options), json: createJsonCodec(input, options) };
  const ofOutput = { binary: createBinaryCodec(output, options), json: createJsonCodec(output, options) };
  return {
    getI: (isBinary) => (isBinary ? ofInput.binary : ofInput.json),
    getO: (isBinary) => (isBinary ? ofOutput.binary : ofOutput.json),
  };
}

function createBinaryCodec(desc: DescMessage, options: CodecOptions): Serialization<Message> {
  const { maxMessageElements = DEFAULT_MAX_ELEMENTS, onTooManyElements } = options;
  return {
    parse(bytes) {
      checkSize(bytes, options);
      if (hasTooManyElements(desc, bytes, maxMessageElements)) throw tooMany(maxMessageElements, onTooManyElements);
      try {
        return fromBinary(desc, bytes, options.binaryOptions);
      } catch (error) {
        throw new ConnectError(`parse binary: ${reasonOf(error)}`, Code.Internal);
      }
    },
    serialize(message) {
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = toBinary(desc, message, options.binaryOptions);
      } catch (error) {
        throw new ConnectError(`serialize binary: ${reasonOf(error)}`, Code.Internal);
      }
      return within(options.writeMaxBytes, bytes);
    },
  };
}

function createJsonCodec(desc: DescMessage, options: CodecOptions): Serialization<Message> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const { jsonOptions } = options;
  const readOptions = { ignoreUnknownFields: true, ...jsonOptions };
  return {
    parse(bytes) {
      checkSize(bytes, options);
      return readJson(desc, decodeText(decoder, bytes), options, readOptions);
    },
    serialize(message) {
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = encodeJson(toJsonString(desc, message, jsonOptions));
      } catch (error) {
        throw ConnectError.from(error, Code.Internal);
      }
      return within(options.writeMaxBytes, bytes);
    },
  };
}

function readJson(
  desc: DescMessage,
  text: string,
  options: CodecOptions,
  readOptions: Partial<JsonReadOptions>,
): Message {
  const { maxMessageElements = DEFAULT_MAX_ELEMENTS } = options;
  const { elements, depth, duplicateKey, mayLoseDigits } = scanJson(text, maxMessageElements);
  if (elements > maxMessageElements) throw tooMany(maxMessageElements, options.onTooManyElements);
  if (depth > MAX_JSON_DEPTH) throw invalid(`JSON must be nested at most ${MAX_JSON_DEPTH} deep: got ${depth}`);
  let json: unknown;
  try {
    json = mayLoseDigits ? parseExactJson(text) : JSON.parse(text);
  } catch (error) {
    throw invalid(`cannot decode message ${desc.typeName} from JSON: ${reasonOf(error)}`);
  }
  if (duplicateKey !== undefined) {
    throw invalid(`cannot decode message ${desc.typeName} from JSON: duplicate object key "${duplicateKey}"`);
  }
  const exact = exactNumbers(desc, json, readOptions.registry);
  if (exact === INVALID) throw problemOf(desc, json, readOptions, "a number is none of ProtoJSON");
  try {
    // Made exact, it is JSON again.
    return fromJson(desc, exact as JsonValue, readOptions);
  } catch (error) {
    throw problemOf(desc, exact, readOptions, reasonOf(error));
  }
}

function problemOf(
  desc: DescMessage,
  json: unknown,
  options: Partial<JsonReadOptions>,
  otherwise: string,
): ConnectError {
  return invalid(describeJsonProblem(desc, json, options) ?? otherwise);
}

function decodeText(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw invalid("JSON must be UTF-8: got bytes that are none");
  }
}

function checkSize({ length }: Uint8Array, { maxMessageBytes }: CodecOptions): void {
  if (length > maxMessageBytes) throw messageTooLarge(maxMessageBytes, length);
}

/** The error for a request message of more bytes than allowed; the size is left out while it is not known. */
export function messageTooLarge(maxBytes: number, size?: number): ConnectError {
  const text = `message size${size === undefined ? "" : ` ${size}`} is larger than configured readMaxBytes ${maxBytes}`;
  return new ConnectError(text, Code.ResourceExhausted);
}

function within<B extends Uint8Array>(writeMaxBytes: number | undefined, bytes: B): B {
  if (writeMaxBytes === undefined || bytes.length <= writeMaxBytes) return bytes;
  const text = `message size ${bytes.length} is larger than configured writeMaxBytes ${writeMaxBytes}`;
  throw new ConnectError(text, Code.ResourceExhausted);
}

function tooMany(limit: number, listener: (() => void) | undefined): ConnectError {
  listener?.();
  return new ConnectError(`a message must have at most ${limit} elements: got more`, Code.ResourceExhausted);
}

/** Cut and made well-formed: the parser repeats parts of what it was given. */
function invalid(problem: string): ConnectError {
  return new ConnectError(truncate(problem, MAX_PROBLEM_LENGTH).toWellFormed(), Code.InvalidArgument);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
