/** gfp bits that change decisions, as include/linux/gfp.h of 2.6.35 numbers them (they are printed in traces). */
export const GFP_WAIT = 0x10;
export const GFP_HIGH = 0x20;
export const GFP_IO = 0x40;
export const GFP_FS = 0x80;
export const GFP_REPEAT = 0x400;
export const GFP_NOFAIL = 0x800;
export const GFP_NORETRY = 0x1000;
export const GFP_MOVABLE = 0x08;
export const GFP_RECLAIMABLE = 0x80000;
const GFP_HIGHMEM = 0x02;
const GFP_HARDWALL = 0x20000;

export const GFP_NOFS = GFP_WAIT | GFP_IO;
export const GFP_KERNEL = GFP_WAIT | GFP_IO | GFP_FS;
/** Page cache and anonymous memory: GFP_HIGHUSER_MOVABLE. */
export const GFP_USER = GFP_KERNEL | GFP_HARDWALL | GFP_HIGHMEM | GFP_MOVABLE;
