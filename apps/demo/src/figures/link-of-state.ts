// A link to exactly what is shown: the settings of the page, the figure, and a short text of the visitor's own.
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { hashOfText, ownText } from '../storage/own-text.js';

/** @returns a function that makes the link; `figure` is the id to go to, `hide` the names of controls that are not shown */
export function useLink(): (options: { figure?: string; hide?: readonly string[] }) => Promise<string> {
  const route = useRoute();
  const router = useRouter();
  return async ({ figure, hide = [] }) => {
    const query: LocationQueryRaw = { ...route.query, hide: hide.length > 0 ? hide.join(',') : undefined };
    // A text of one's own travels along if it is short; otherwise the link leads to the figure.
    const hash = (Object.values(route.query).includes('own') ? await hashOfText(ownText.value) : undefined) ?? (figure ? `#${figure}` : '');
    return new URL(router.resolve({ path: route.path, query }).href + hash, location.href).href;
  };
}

/** A QR code as an image's address, or undefined if the text is too long for one. Its library is loaded when it is needed. */
export async function qrCode(text: string): Promise<string | undefined> {
  const { renderSVG } = await import('uqr');
  try {
    return `data:image/svg+xml,${encodeURIComponent(renderSVG(text))}`;
  } catch {
    return undefined;
  }
}
