/** Where the device is, if it can tell. Works without a network on a device with a satellite receiver. */
import { stored } from '../../../shared/degrees';

/** How long the device may look, in milliseconds: a cold receiver under a roof needs half a minute. */
const LOOKING_MS = 45_000;
/** Greatest inaccuracy that is stored, in metres; as the core has it. */
const ACCURACY_MAX = 100_000;

/** Why there is no position. */
export type Nowhere = 'absent' | 'denied' | 'unavailable' | 'timeout';
/** A position in stored degrees with its radius in metres, or why there is none. */
export type Located = { lat: number; lng: number; accuracy: number } | { nowhere: Nowhere };

/** By the codes of the browser: 1 denied, 2 unavailable, 3 timeout. */
const REASONS: Record<number, Nowhere> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' };

function read({ latitude, longitude, accuracy }: GeolocationCoordinates): Located {
  // rounded up: a radius is never told smaller than it is
  const metres = Math.ceil(accuracy);
  if (!(metres >= 0 && metres <= ACCURACY_MAX)) return { nowhere: 'unavailable' };
  return { lat: stored(latitude), lng: stored(longitude), accuracy: metres };
}

/** Asks the device once, for a new position and not a remembered one. */
export function locate(): Promise<Located> {
  const device = (navigator as { geolocation?: Geolocation }).geolocation;
  if (!device) return Promise.resolve({ nowhere: 'absent' });
  return new Promise((answer) =>
    device.getCurrentPosition(
      ({ coords }) => answer(read(coords)),
      ({ code }) => answer({ nowhere: REASONS[code] ?? 'unavailable' }),
      { enableHighAccuracy: true, maximumAge: 0, timeout: LOOKING_MS },
    ),
  );
}
