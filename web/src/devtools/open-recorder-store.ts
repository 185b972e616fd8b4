import { file_google_rpc_error_details } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { createMethodRegistry, createRecorderStore, type RecorderStore } from "@triptych/rpc-web";
import type { CalledServices } from "../transport/called-services.ts";

/** A store that knows the services that the page calls. */
export function openRecorderStore(called: CalledServices): RecorderStore {
  const methods = createMethodRegistry([], file_google_rpc_error_details.messages);
  called.follow((service) => methods.add([service]));
  return createRecorderStore({ methods });
}
