// Why a figure of chapter 6 shows nothing: the visitor's model is built in a way that its jobs cannot look into.

/** Said in the page's language by the figure (`JobFailure.vue`), so it needs no words of its own. */
export class CannotLookInside extends Error {
  override name = 'CannotLookInside';
}
