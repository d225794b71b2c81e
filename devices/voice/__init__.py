"""From a call to sound: clips or a speech engine, joined in memory, and a loudspeaker."""
