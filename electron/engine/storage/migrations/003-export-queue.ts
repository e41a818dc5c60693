// Slots that a fleet's database has not confirmed as they are now. Filled by the database itself, so that nothing that
// changes a slot (a late price, an import, a clock set back) can forget it; while nothing is exported it stays empty.
// Whatever changes a slot's loads changes the slot too.
const queue = (event: string) => `
CREATE TRIGGER slot_export_${event.toLowerCase()} AFTER ${event} ON slot
WHEN EXISTS (SELECT 1 FROM setting WHERE key = 'export') BEGIN
  INSERT INTO export_queue (slot, change) VALUES (NEW.slot, 1)
    ON CONFLICT (slot) DO UPDATE SET change = export_queue.change + 1;
END;`;

export const exportQueue = {
  name: 'queue of slots to export',
  sql: `
CREATE TABLE export_queue (slot INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT;
${queue('INSERT')}
${queue('UPDATE')}
`,
};
