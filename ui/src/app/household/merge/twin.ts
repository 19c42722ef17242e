/** A household that may be the other record of the one that is open. */
export type TwinFound = { id: string; name: string | null; address: string | null; village: string };
