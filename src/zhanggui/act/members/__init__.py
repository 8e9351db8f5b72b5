"""会员 Membership: tiers by visible rules, points that balance, benefits, and what a tier is worth."""
