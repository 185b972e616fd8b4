import type { UpgradeListener } from "./http.ts";

/** Answers an upgrade that nothing takes with HTTP 404. */
export const refuseUpgrade: UpgradeListener = (_request, socket) => {
  socket.on("error", () => undefined);
  socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
};
