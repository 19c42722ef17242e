/** The pages and their addresses, behind the hash: one static page serves them all. */
import { createRouter } from 'sv-router';

/** Addresses (`p`), moves (`navigate`) and where we are (`route`). */
export const { p, navigate, isActive, route } = createRouter({
  '/': () => import('./home/Home.svelte'),
  '/households': {
    '/': () => import('./households/NoHousehold.svelte'),
    layout: () => import('./households/Households.svelte'),
  },
  '/settings': () => import('./settings/Settings.svelte'),
  '*': () => import('./home/Home.svelte'),
});
