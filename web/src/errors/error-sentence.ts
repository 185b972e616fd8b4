import { Code } from "@connectrpc/connect";

const sentences: Readonly<Record<Code, string>> = {
  [Code.Canceled]: "This was stopped before it finished.",
  [Code.Unknown]: "Something went wrong, and the server could not say what.",
  [Code.InvalidArgument]: "The server does not accept this input.",
  [Code.DeadlineExceeded]: "The server took too long to answer.",
  [Code.NotFound]: "The server has nothing by that name.",
  [Code.AlreadyExists]: "This already exists, with different contents.",
  [Code.PermissionDenied]: "You are not allowed to do this.",
  [Code.ResourceExhausted]: "This asks for more than the server is willing to do at once.",
  [Code.FailedPrecondition]: "This cannot be done in the current state.",
  [Code.Aborted]: "Something else interfered. Try again.",
  [Code.OutOfRange]: "The result or position is out of range.",
  [Code.Unimplemented]: "This server does not support that.",
  [Code.Internal]: "The server ran into an internal error.",
  [Code.Unavailable]: "The server cannot be reached right now.",
  [Code.DataLoss]: "Data was lost and cannot be brought back.",
  [Code.Unauthenticated]: "This is for people who are signed in.",
};

/** What a status code means, in one sentence for people. */
export function errorSentence(code: Code): string {
  return sentences[code];
}
