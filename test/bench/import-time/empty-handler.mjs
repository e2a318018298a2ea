/** What importing a bundle costs when there is nothing in it. */
export const handler = async () => {};
