/** Whether the page that is shown was there before: after going back or forward, or loading it again. */
export function cameBack(): boolean {
  return isReturn;
}

let isReturn = performance
  .getEntriesByType("navigation")
  .some((entry) => entry.name === window.location.href && "type" in entry && entry.type !== "navigate");

window.addEventListener("popstate", () => {
  isReturn = true;
});
// The router's event for every link that is followed within the app.
window.addEventListener("pushState", () => {
  isReturn = false;
});
