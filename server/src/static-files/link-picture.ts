/** What a document says of itself to those who show a link to it: most of them take no picture whose address is not whole. */
const RELATIVE = /(<meta\s+property="og:image"\s+content=")(?=\/)/;

/** A document whose picture for links has a whole address, at this origin such as `https://app.example.com`. */
export function withAbsolutePicture(document: string, origin: string): string {
  return document.replace(RELATIVE, (meta) => `${meta}${origin.replace(/[&"<]/g, escapeCharacter)}`);
}

function escapeCharacter(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
