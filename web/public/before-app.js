// What the document does until the app has started, or where it does not start. A file of its own because the content
// security policy allows no inline script.

// The app's script, or one that it imports, did not load: a style sheet shows the sentence about it.
addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLScriptElement && target.type === "module") {
      document.documentElement.setAttribute("data-not-started", "");
    }
  },
  true,
);

addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest(".not-started button") !== null) location.reload();
});

// The links of the HTML were made without knowing the protocol in the URL.
addEventListener(
  "click",
  ({ target }) => {
    const link = target instanceof Element ? target.closest("[data-prerendered] a[href^='/']") : null;
    const protocol = new URLSearchParams(location.search).get("protocol");
    if (link !== null && protocol !== null) link.search = new URLSearchParams({ protocol }).toString();
  },
  true,
);
