"""The same referrals as many projects would write them, to compare with: nothing is slower here than it usually is."""
