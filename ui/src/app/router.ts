/** The pages and their addresses, behind the hash: one static page serves them all. */
import { createRouter } from 'sv-router';

const meeting = () => import('./meeting/Meeting.svelte');
const village = () => import('./village/Village.svelte');
const household = () => import('./household/Household.svelte');

/** Addresses (`p`), moves (`navigate`) and where we are (`route`). */
export const { p, navigate, isActive, route } = createRouter({
  '/': () => import('./home/Home.svelte'),
  '/households': {
    '/': () => import('./households/NoHousehold.svelte'),
    '/:id': household,
    '/:id/:section': household,
    '/:id/:section/:item': household,
    layout: () => import('./households/Households.svelte'),
  },
  '/new': () => import('./newhousehold/NewHousehold.svelte'),
  '/meeting': meeting,
  '/meeting/:village': meeting,
  '/meeting/:village/:session': meeting,
  '/meeting/:village/:session/:part': meeting,
  '/procedure': village,
  '/procedure/:village': village,
  '/procedure/:village/:stage': village,
  '/posting/:village': () => import('./village/Posting.svelte'),
  '/conflicts': () => import('./conflicts/Conflicts.svelte'),
  '/programme': () => import('./programme/Programme.svelte'),
  '/sync': () => import('./sync/Sync.svelte'),
  '/settings': () => import('./settings/Settings.svelte'),
  '*': () => import('./home/Home.svelte'),
});
