// A hash that all agree on without asking each other: CRC-32, as Python's zlib.crc32.

const shifted = (crc) => (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => [1, 2, 3, 4, 5, 6, 7, 8].reduce(shifted, byte));
const utf8 = new TextEncoder();

export function crc32(words) {
  let crc = -1;
  for (const byte of utf8.encode(words)) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255];
  return (crc ^ -1) >>> 0;
}
