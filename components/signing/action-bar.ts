/**
 * The bar with the page's one action. On a phone it sticks to the foot of the screen while the text goes by; not where the screen is so
 * low (landscape, large zoom) that it would hide what one reads. The root's scroll padding keeps the focus clear of it.
 */
export const actionBar =
  'space-y-2 bg-ground py-3 [@media(min-height:32rem)]:sticky [@media(min-height:32rem)]:bottom-0 -mx-4 border-line border-t px-4 sm:mx-0 sm:px-0 print:hidden';

/** A form around such a bar takes no box of its own: a bar sticks only within its parent, and that must be the whole page. */
export const actionForm = 'contents';
