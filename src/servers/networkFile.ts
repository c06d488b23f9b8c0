/** The second output file as its users see it; loaded when the first request is due. */
export type NetworkFile = typeof import('../network');
