/** How much an issuer may answer with, in bytes: discovery, keys and tokens are a few thousand. */
const MAX_BYTES = 1_000_000;

/** Fetches, and has the body of a response that is longer than 1 MB fail as it is read: what an issuer sends must not fill the memory. */
export async function fetchBounded(url: string, init: RequestInit): Promise<Response> {
  const { body, status, statusText, headers } = await fetch(url, init);
  let bytes = 0;
  const bounded = body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) controller.error(new Error("the issuer answers with more than 1 MB"));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(bounded ?? null, { status, statusText, headers });
}
